package dev.jiggety.agent.exchange;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/**
 * Questions to a name server over UDP (RFC 1035 §4.2.1), all sent at once, and their answers, all
 * on the calling thread: a thread between would add its own wait for a processor to the time that
 * the name server takes, and nobody would know.
 */
final class Questions {
  private static final int LARGEST = 4096;

  private Questions() {}

  /**
   * Asks, and waits for all answers. One that did not fit is cut, and says so.
   *
   * @param nanos how long to wait, in nanoseconds
   * @return the answers in the order of the questions
   * @throws InterruptedIOException when not all came in time
   */
  static List<Message> ask(InetSocketAddress server, List<Message> questions, long nanos)
      throws IOException {
    long end = System.nanoTime() + nanos;
    List<Message> open = new ArrayList<>(questions);
    List<Message> answers = new ArrayList<>(questions);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server); // so that nobody else is heard, and a closed port is told at once
      for (Message question : questions) {
        byte[] bytes = question.toWire();
        socket.send(new DatagramPacket(bytes, bytes.length));
      }
      while (!open.isEmpty()) {
        Message answer = receive(socket, end);
        Message question = questionOf(answer, open);
        if (question != null) {
          open.remove(question);
          answers.set(questions.indexOf(question), answer);
        }
      }
    }
    return answers;
  }

  private static Message receive(DatagramSocket socket, long end) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    if (left <= 0) {
      throw new InterruptedIOException("timeout");
    }
    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException e) {
      throw new InterruptedIOException("timeout");
    }
    return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
  }

  /** What is answered stands in the answer again, unless the server did not understand it. */
  private static @Nullable Message questionOf(Message answer, List<Message> open) {
    for (Message question : open) {
      boolean same =
          answer.getHeader().getID() == question.getHeader().getID()
              && answer.getHeader().getFlag(Flags.QR)
              && (answer.getQuestion() == null
                  || answer.getQuestion().equals(question.getQuestion()));
      if (same) {
        return question;
      }
    }
    return null;
  }
}
