// Connects to an address of its own, not to the host that it is given.
import java.io.*;
import java.net.*;

public class MessageClientHardCodedHost {
    static final String HOST = "192.168.0.10";

    public static void main(String[] args) {
        try {
            Socket socket = new Socket(HOST, Integer.parseInt(args[1]));
            BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
            System.out.print("Informe a mensagem: ");
            socket.getOutputStream().write((keyboard.readLine() + "\n").getBytes("UTF-8"));
            byte[] reply = new byte[255];
            int n = socket.getInputStream().read(reply);
            System.out.println(new String(reply, 0, n));
            socket.close();
        } catch (IOException e) {
            System.err.println(e);
            System.exit(1);
        }
    }
}
