// Ends with status 2 after all went well.
import java.io.*;
import java.net.*;

public class DateClientExitStatus {
    public static void main(String[] args) throws IOException {
        Socket s = new Socket("localhost", 5155);
        BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), "UTF-8"));
        System.out.println(in.readLine());
        s.close();
        System.exit(2);
    }
}
