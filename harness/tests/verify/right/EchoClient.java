// Echo client; a message from the command line goes code point by code point.
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

public class EchoClient {
    public static void main(String[] args) throws IOException {
        String host = args.length > 0 ? args[0] : "localhost";
        List<String> messages = new ArrayList<>(List.of("Hello world!", "Again!"));
        if (args.length > 1) {
            messages.clear();
            args[1].codePoints().forEach(c -> messages.add(Character.toString(c)));
        }
        Socket socket = new Socket(host, 5050);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[1024];
        for (String message : messages) {
            socket.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
            int n = in.read(buffer);
            if (n < 0) break;
            System.out.println("Received: " + new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
        socket.close();
    }
}
