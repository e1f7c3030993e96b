// Message client with a line reader on stdin and a buffered writer that is flushed.
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class MessageClient {
    public static void main(String[] args) throws IOException {
        try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
            BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            BufferedWriter out =
                new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
            System.out.print("Informe a mensagem: ");
            out.write(keyboard.readLine());
            out.write('\n');
            out.flush();
            byte[] reply = new byte[255];
            int n = socket.getInputStream().read(reply);
            System.out.println(n < 0 ? "" : new String(reply, 0, n, StandardCharsets.UTF_8));
        }
    }
}
