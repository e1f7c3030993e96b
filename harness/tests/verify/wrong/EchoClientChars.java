// Takes Java's chars for characters, so that half a surrogate pair goes alone.
import java.io.*;
import java.net.*;

public class EchoClientChars {
    public static void main(String[] args) throws IOException {
        String host = "localhost";
        String[] messages = {"Hello world!", "Again!"};
        if (args.length > 0) host = args[0];
        if (args.length > 1) {
            messages = new String[args[1].length()];
            for (int i = 0; i < messages.length; i++) messages[i] = "" + args[1].charAt(i);
        }
        Socket socket = new Socket(host, 5050);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] buffer = new byte[1024];
        for (String message : messages) {
            out.write(message.getBytes("UTF-8"));
            System.out.println("Received: " + new String(buffer, 0, in.read(buffer), "UTF-8"));
        }
        socket.close();
    }
}
