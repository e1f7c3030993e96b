/* Deck: "Sockets: Tópicos Introdutórios", Prof. Fabio Alexandre SPANHOL.
   Slide: "Sockets: Cliente em Java". */

import java.net.*;
import java.io.*;
public class Client {
    public Client () {
        try{
            Socket s = new Socket ("localhost",5155);
            InputStream in = s.getInputStream();
            BufferedReader bin = new BufferedReader
                (new InputStreamReader(in));
            System.out.println (bin.readLine());
            s.close();
        }catch (java.io.IOException err) {
            System.out.println (err);
            System.exit(1);
        }
    }
    public static void main (String args[]) {
        Client clt = new Client();
    }
}
