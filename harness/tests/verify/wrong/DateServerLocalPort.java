// Prints its own port in place of the client's.
import java.io.*;
import java.net.*;
import java.util.Date;

public class DateServerLocalPort {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(5155);
        System.out.println("Servidor ouvindo na porta 5155...");
        while (true) {
            Socket client = server.accept();
            System.out.println(
                "#Cliente atendido no socket:" + client.getInetAddress() + ":" + client.getLocalPort());
            PrintWriter out = new PrintWriter(client.getOutputStream(), true);
            out.println("Agora é:" + new Date());
            client.close();
        }
    }
}
