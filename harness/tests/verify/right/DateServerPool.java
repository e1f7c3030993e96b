// Date server with a pool of threads, and a buffered writer that close() flushes.
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public class DateServerPool {
    public static void main(String[] args) throws IOException {
        ExecutorService pool = Executors.newCachedThreadPool();
        try (ServerSocket server = new ServerSocket(5155)) {
            System.out.println("Servidor ouvindo na porta 5155...");
            while (true) {
                Socket client = server.accept();
                pool.submit(() -> serve(client));
            }
        }
    }

    private static void serve(Socket client) {
        try (client;
             BufferedWriter out =
                 new BufferedWriter(new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8))) {
            System.out.println("#Cliente atendido no socket:" + client.getRemoteSocketAddress());
            out.write("Agora é:");
            out.write(new Date().toString());
            out.write("\n");
        } catch (IOException e) {
            System.out.println(e);
        }
    }
}
