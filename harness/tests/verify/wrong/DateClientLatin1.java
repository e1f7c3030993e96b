// Decodes the line as Latin-1.
import java.io.*;
import java.net.*;

public class DateClientLatin1 {
    public static void main(String[] args) throws IOException {
        Socket s = new Socket("localhost", 5155);
        BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), "ISO-8859-1"));
        System.out.println(in.readLine());
        s.close();
    }
}
