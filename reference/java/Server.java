/* Deck: "Sockets: Tópicos Introdutórios", Prof. Fabio Alexandre SPANHOL.
   Slides: "Sockets: Servidor em Java (1-2)", "Sockets: Servidor em Java (2-2)". */

import java.net.*;
import java.io.*;
//Thread para atender as conexões
class Connection extends Thread {
    public Connection (Socket s) {
        outputLine = s;
    }
    public void run(){
        try{
            PrintWriter pout = new PrintWriter (outputLine.getOutputStream(), true);
            //endereço da outra ponta
            System.out.println ("#Cliente atendido no socket:" +
                outputLine.getRemoteSocketAddress());
            //envia resposta para o cliente
            pout.println("Agora é:" + new java.util.Date().toString());
            //fecha o socket
            outputLine.close();
        }catch (java.io.IOException err) {
            System.out.println(err);
        }
    }
    private Socket outputLine;
}
public class Server {
    public Server() {
        try {
            S = new ServerSocket (5155);
        } catch (java.io.IOException err){
            System.out.println (err);
            System.exit(1);
        }
        System.out.println ("Servidor ouvindo na porta 5155...");
        try {
            while (true) {
                client = S.accept();
                c = new Connection (client); //thread para atender
                c.start();
            }
        } catch (java.io.IOException err) {
            System.out.println(err);
        }
    }
    public static void main (String args[]) {
        Server timeOfDayServer = new Server();
    }
    private ServerSocket S;
    private Socket client;
    private Connection c;
}
