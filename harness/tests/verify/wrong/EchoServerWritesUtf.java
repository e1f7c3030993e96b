// Writes with writeUTF(), which puts a length before the text.
import java.io.*;
import java.net.*;

public class EchoServerWritesUtf {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5050);
        while (true) {
            Socket client = server.accept();
            InputStream in = client.getInputStream();
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            byte[] buffer = new byte[1024];
            int n;
            while ((n = in.read(buffer)) > 0) {
                out.writeUTF("Echo ==>" + repr(buffer, n));
            }
            client.close();
        }
    }

    static String repr(byte[] buffer, int n) {
        String quote = "'";
        for (int i = 0; i < n; i++) {
            if (buffer[i] == '\'') quote = "\"";
        }
        for (int i = 0; i < n; i++) {
            if (buffer[i] == '"') quote = "'";
        }
        String text = "b" + quote;
        for (int i = 0; i < n; i++) {
            byte b = buffer[i];
            if (b == quote.charAt(0) || b == '\\') text += "\\" + (char) b;
            else if (b == '\n') text += "\\n";
            else if (b == '\r') text += "\\r";
            else if (b == '\t') text += "\\t";
            else if (b < 32 || b == 127) text += "\\x" + String.format("%02x", b);
            else text += (char) b;
        }
        return text + quote;
    }
}
