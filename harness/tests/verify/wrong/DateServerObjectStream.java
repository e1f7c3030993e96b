// Writes the date as an object.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Date;

public class DateServerObjectStream extends Thread {
    private Socket socket;

    public DateServerObjectStream(Socket socket) {
        this.socket = socket;
    }

    public void run() {
        try {
            ObjectOutputStream out = new ObjectOutputStream(socket.getOutputStream());
            out.writeObject(new Date());
            socket.close();
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5155);
        System.out.println("Servidor ouvindo na porta 5155...");
        while (true) {
            new DateServerObjectStream(server.accept()).start();
        }
    }
}
