package dev.jiggety.agent.probe.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A name server on loopback, over UDP and TCP on the same port. */
final class SmallNameServer implements AutoCloseable {
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Map<String, List<Record>> zone = new ConcurrentHashMap<>();
  private volatile boolean silent;
  private volatile int code = Rcode.NOERROR;

  SmallNameServer() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    tcp = new ServerSocket(0, 10, loopback);
    udp = new DatagramSocket(tcp.getLocalPort(), loopback);
    Thread.ofVirtual().start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  String address() {
    return "127.0.0.1:" + udp.getLocalPort();
  }

  /** From now on it says so of every name. */
  void answerWith(int responseCode) {
    code = responseCode;
  }

  /** From now on it says nothing. */
  void fallSilent() {
    silent = true;
  }

  void put(String name, int type, String... data) throws IOException {
    Name owner = Name.fromString(name, Name.root);
    List<Record> records = new ArrayList<>();
    for (String text : data) {
      records.add(Record.fromString(owner, type, DClass.IN, 60, text, Name.root));
    }
    zone.put(name + "/" + Type.string(type), records);
  }

  private Message answer(Message question) throws TextParseException {
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    Record asked = question.getQuestion();
    answer.addRecord(asked, Section.QUESTION);
    String name = asked.getName().toString(true);
    List<Record> found = zone.get(name + "/" + Type.string(asked.getType()));
    boolean known = zone.keySet().stream().anyMatch(key -> key.startsWith(name + "/"));
    answer.getHeader().setRcode(code != Rcode.NOERROR || known ? code : Rcode.NXDOMAIN);
    if (found != null) {
      found.forEach(record -> answer.addRecord(record, Section.ANSWER));
    }
    return answer;
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        if (!silent) {
          byte[] whole = Arrays.copyOf(packet.getData(), packet.getLength());
          byte[] wire = answer(new Message(whole)).toWire(512);
          udp.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serveTcp() {
    try {
      while (true) {
        try (Socket socket = tcp.accept()) {
          DataInputStream in = new DataInputStream(socket.getInputStream());
          byte[] question = in.readNBytes(in.readUnsignedShort());
          byte[] wire = answer(new Message(question)).toWire();
          DataOutputStream out = new DataOutputStream(socket.getOutputStream());
          out.writeShort(wire.length);
          out.write(wire);
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
