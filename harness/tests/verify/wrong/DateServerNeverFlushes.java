// Closes the socket while the text still lies in a PrintWriter.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Date;

public class DateServerNeverFlushes extends Thread {
    private Socket socket;

    public DateServerNeverFlushes(Socket socket) {
        this.socket = socket;
    }

    public void run() {
        try {
            String text = "Agora é:" + new Date() + "\n";
            PrintWriter out = new PrintWriter(socket.getOutputStream());
            out.print(text);
            socket.close();
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5155);
        System.out.println("Servidor ouvindo na porta 5155...");
        while (true) {
            new DateServerNeverFlushes(server.accept()).start();
        }
    }
}
