// Writes with writeUTF(), which puts a length before the text.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class MessageClientWritesUtf {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.print("Informe a mensagem: ");
        String message = keyboard.readLine() + "\n";
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeUTF(message);
        byte[] reply = new byte[255];
        int n = socket.getInputStream().read(reply);
        System.out.println(new String(reply, 0, n));
        socket.close();
    }
}
