// Writes with writeChars(), two octets for each character.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Date;

public class DateServerWritesChars extends Thread {
    private Socket socket;

    public DateServerWritesChars(Socket socket) {
        this.socket = socket;
    }

    public void run() {
        try {
            String text = "Agora é:" + new Date() + "\n";
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeChars(text);
            socket.close();
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5155);
        System.out.println("Servidor ouvindo na porta 5155...");
        while (true) {
            new DateServerWritesChars(server.accept()).start();
        }
    }
}
