// Waits for a newline, which no message has to have.
import java.io.*;
import java.net.*;

public class EchoServerReadsLines {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5050);
        while (true) {
            Socket client = server.accept();
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), "ISO-8859-1"));
            OutputStream out = client.getOutputStream();
            String line;
            while ((line = in.readLine()) != null) {
                byte[] buffer = line.getBytes("ISO-8859-1");
                out.write(("Echo ==>" + repr(buffer, buffer.length)).getBytes());
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
