// Date client with a Scanner.
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

public class DateClientScanner {
    public static void main(String[] args) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("localhost"), 5155);
        Scanner in = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8);
        System.out.println(in.hasNextLine() ? in.nextLine() : null);
        in.close();
        socket.close();
    }
}
