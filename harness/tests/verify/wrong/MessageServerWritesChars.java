// Writes with writeChars(), two octets for each character.
import java.io.*;
import java.net.*;

public class MessageServerWritesChars {
    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]));
        System.out.println("Servidor ouvindo na porta [" + args[0] + "]...");
        Socket client = server.accept();
        byte[] buffer = new byte[255];
        int n = client.getInputStream().read(buffer);
        System.out.println("Mensagem recebida do cliente: " + new String(buffer, 0, n));
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeChars("Sou o Servidor. Recebi sua mensagem.");
        client.close();
        server.close();
    }
}
