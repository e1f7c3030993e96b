// Sends an empty line before it reads.
import java.io.*;
import java.net.*;

public class DateClientSendsLine {
    public static void main(String[] args) throws IOException {
        Socket s = new Socket("localhost", 5155);
        new PrintWriter(s.getOutputStream(), true).println();
        BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), "UTF-8"));
        System.out.println(in.readLine());
        s.close();
    }
}
