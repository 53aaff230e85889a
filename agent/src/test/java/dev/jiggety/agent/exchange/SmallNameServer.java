package dev.jiggety.agent.exchange;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A name server on the loopback, over UDP and TCP, that answers as it is told. */
public final class SmallNameServer implements AutoCloseable {
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Function<Record, Reply> replies;
  private final boolean tooLongForUdp;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** An answer; with {@link #SILENCE} there is none. */
  public record Reply(int rcode, List<Record> records) {
    /** Nothing comes. */
    public static final Reply SILENCE = new Reply(-1, List.of());
  }

  /** Starts one that answers a question so. */
  public SmallNameServer(Function<Record, Reply> replies) {
    this(replies, false);
  }

  /**
   * Starts one.
   *
   * @param tooLongForUdp whether answers fit into TCP only
   */
  public SmallNameServer(Function<Record, Reply> replies, boolean tooLongForUdp) {
    this.replies = replies;
    this.tooLongForUdp = tooLongForUdp;
    try {
      tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::serveUdp);
    Thread.ofPlatform().daemon().start(this::serveTcp);
  }

  /** Where it is, as tests write it. */
  public String place() {
    return "127.0.0.1:" + tcp.getLocalPort();
  }

  /** The questions so far, with how they came. */
  public List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    try (tcp;
        udp) {
      // both
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        Message question =
            new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
        byte[] answer = answer(question, "udp", tooLongForUdp);
        if (answer.length > 0) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = answer(new Message(in.readNBytes(in.readUnsignedShort())), "tcp", false);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
      } catch (IOException e) {
        // the next one, or closed
      }
    }
  }

  private byte[] answer(Message question, String how, boolean truncated) {
    Record asks = question.getQuestion();
    asked.add(how + " " + asks.getName() + " " + org.xbill.DNS.Type.string(asks.getType()));
    Reply reply = replies.apply(asks);
    if (reply.rcode() < 0) {
      return new byte[0];
    }
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setRcode(reply.rcode());
    answer.addRecord(asks, Section.QUESTION);
    if (truncated) {
      answer.getHeader().setFlag(Flags.TC);
    } else if (reply.rcode() == Rcode.NOERROR) {
      reply.records().forEach(record -> answer.addRecord(record, Section.ANSWER));
    }
    return answer.toWire();
  }
}
