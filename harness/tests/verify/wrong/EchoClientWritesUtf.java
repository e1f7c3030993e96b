// Writes with writeUTF(), which puts a length before the text.
import java.io.*;
import java.net.*;

public class EchoClientWritesUtf {
    public static void main(String[] args) throws IOException {
        String host = args.length > 0 ? args[0] : "localhost";
        String[] messages = args.length > 1 ? args[1].split("") : new String[] {"Hello world!", "Again!"};
        Socket socket = new Socket(host, 5050);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] buffer = new byte[1024];
        for (String message : messages) {
            out.writeUTF(message);
            int n = socket.getInputStream().read(buffer);
            System.out.println("Received: " + new String(buffer, 0, n));
        }
        socket.close();
    }
}
