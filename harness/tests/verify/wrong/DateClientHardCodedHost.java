// Connects to an address that is not that of the server.
import java.io.*;
import java.net.*;

public class DateClientHardCodedHost {
    public static void main(String[] args) throws IOException {
        Socket s = new Socket("10.20.30.40", 5155);
        BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), "UTF-8"));
        System.out.println(in.readLine());
        s.close();
    }
}
