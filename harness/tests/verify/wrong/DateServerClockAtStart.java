// Makes its date once, when it starts.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Date;

public class DateServerClockAtStart extends Thread {
    private static final Date now = new Date();
    private Socket socket;

    public DateServerClockAtStart(Socket socket) {
        this.socket = socket;
    }

    public void run() {
        try {
            String text = "Agora é:" + now + "\n";
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            socket.close();
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5155);
        System.out.println("Servidor ouvindo na porta 5155...");
        while (true) {
            new DateServerClockAtStart(server.accept()).start();
        }
    }
}
