// Writes the time as LocalDateTime does.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Date;

public class DateServerLocalDateTime extends Thread {
    private Socket socket;

    public DateServerLocalDateTime(Socket socket) {
        this.socket = socket;
    }

    public void run() {
        try {
            String text = "Agora é:" + java.time.LocalDateTime.now() + "\n";
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
            new DateServerLocalDateTime(server.accept()).start();
        }
    }
}
