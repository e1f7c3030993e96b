// Writes the time as Java's Date does, with a time zone.
import java.io.*;
import java.net.*;
import java.util.Date;

public class CtimeServerDate {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(8888);
        while (true) {
            Socket client = server.accept();
            System.out.println("Accepted connection from " + client.getRemoteSocketAddress());
            client.getOutputStream().write(new Date().toString().getBytes());
            client.close();
        }
    }
}
