// Encodes in ASCII, which has no é.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Date;

public class DateServerAscii extends Thread {
    private Socket socket;

    public DateServerAscii(Socket socket) {
        this.socket = socket;
    }

    public void run() {
        try {
            String text = "Agora é:" + new Date() + "\n";
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            socket.close();
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5155);
        System.out.println("Servidor ouvindo na porta 5155...");
        while (true) {
            new DateServerAscii(server.accept()).start();
        }
    }
}
