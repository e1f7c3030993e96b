// Adds a newline to the one that println() writes.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Date;

public class DateServerNewlineTwice extends Thread {
    private Socket socket;

    public DateServerNewlineTwice(Socket socket) {
        this.socket = socket;
    }

    public void run() {
        try {
            String text = "Agora é:" + new Date() + "\n";
            PrintStream out = new PrintStream(socket.getOutputStream(), true, "UTF-8");
            out.println(text);
            socket.close();
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5155);
        System.out.println("Servidor ouvindo na porta 5155...");
        while (true) {
            new DateServerNewlineTwice(server.accept()).start();
        }
    }
}
