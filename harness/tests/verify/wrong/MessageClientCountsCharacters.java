// Sends as many octets as the message has characters.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class MessageClientCountsCharacters {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.print("Informe a mensagem: ");
        String message = keyboard.readLine() + "\n";
        OutputStream out = socket.getOutputStream();
        out.write(message.getBytes(StandardCharsets.UTF_8), 0, message.length());
        byte[] reply = new byte[255];
        int n = socket.getInputStream().read(reply);
        System.out.println(new String(reply, 0, n));
        socket.close();
    }
}
