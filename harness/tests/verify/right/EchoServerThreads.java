// Echo server with a thread for each client.
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class EchoServerThreads extends Thread {
    private final Socket socket;

    EchoServerThreads(Socket socket) {
        this.socket = socket;
    }

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5050);
        while (true) {
            new EchoServerThreads(server.accept()).start();
        }
    }

    @Override
    public void run() {
        byte[] buffer = new byte[1024];
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            int n;
            while ((n = in.read(buffer)) != -1) {
                out.write(("Echo ==>" + repr(buffer, n)).getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    private static String repr(byte[] data, int n) {
        boolean single = false, twice = false;
        for (int i = 0; i < n; i++) {
            single |= data[i] == '\'';
            twice |= data[i] == '"';
        }
        char quote = single && !twice ? '"' : '\'';
        StringBuilder out = new StringBuilder("b").append(quote);
        for (int i = 0; i < n; i++) {
            int b = data[i] & 0xff;
            if (b == quote || b == '\\') out.append('\\').append((char) b);
            else if (b == '\t') out.append("\\t");
            else if (b == '\n') out.append("\\n");
            else if (b == '\r') out.append("\\r");
            else if (b < 0x20 || b > 0x7e) out.append(String.format("\\x%02x", b));
            else out.append((char) b);
        }
        return out.append(quote).toString();
    }
}
