package dev.jiggety.agent.bench.timing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A name server (RFC 1035, UDP) for which every name is this machine, and that takes its time.
 * Names that begin with {@code rN.} are those of request N; how long they took is remembered. All
 * questions of a request are answered at the same time, so that it does not matter whether a client
 * asks for both families at once.
 */
final class TruthNames implements AutoCloseable {
  private static final int LARGEST = 512;
  private static final int HEADER = 12;
  private static final int TYPE_A = 1;

  private final DatagramSocket socket;
  private final Duration longest;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Map<Long, Question> questions = new ConcurrentHashMap<>();
  private final ScheduledExecutorService later =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("truth-names-", 0).factory());

  /** The questions of one request. */
  private static final class Question {
    private final long asked;
    private final long due;
    private volatile long answered;

    Question(long asked, long due) {
      this.asked = asked;
      this.due = due;
    }
  }

  /**
   * Starts one on the loopback address.
   *
   * @param longest answers are delayed by anything up to this
   */
  TruthNames(Duration longest) throws IOException {
    this.longest = longest;
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().name("truth-names").start(this::listen);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** How long a request's name took, in nanoseconds, and forgets it; empty when nobody asked. */
  OptionalLong taken(long id) {
    Question question = questions.remove(id);
    return question == null || question.answered == 0
        ? OptionalLong.empty()
        : OptionalLong.of(question.answered - question.asked);
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        socket.receive(packet);
        long asked = System.nanoTime();
        ByteBuffer query = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        Question question =
            questions.computeIfAbsent(
                id(query),
                _ -> new Question(asked, asked + random.nextLong(longest.toNanos() + 1)));
        byte[] answer = answer(query);
        SocketAddress client = packet.getSocketAddress();
        var _ =
            later.schedule(
                () -> send(answer, client, question), question.due - asked, TimeUnit.NANOSECONDS);
      } catch (IOException | RuntimeException e) {
        // closed, or no question
      }
    }
  }

  private void send(byte[] answer, SocketAddress client, Question question) {
    try {
      question.answered = System.nanoTime();
      socket.send(new DatagramPacket(answer, answer.length, client));
    } catch (IOException e) {
      question.answered = 0; // nobody heard it
    }
  }

  /** The number in the first label; -1 for other names. */
  private static long id(ByteBuffer query) {
    byte[] label = new byte[query.get(HEADER)];
    query.get(HEADER + 1, label);
    String text = new String(label, StandardCharsets.US_ASCII);
    try {
      return text.startsWith("r") ? Long.parseLong(text, 1, text.length(), 10) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** This machine's address to who asks for one of version 4; no record to everybody else. */
  private static byte[] answer(ByteBuffer query) {
    int end = HEADER;
    while (query.get(end) != 0) {
      end += query.get(end) + 1;
    }
    int type = query.getShort(end + 1);
    end += 5;
    boolean known = type == TYPE_A;
    ByteBuffer answer = ByteBuffer.allocate(end + (known ? 16 : 0));
    answer.putShort(query.getShort(0)).putShort((short) 0x8580); // an answer, by whom it is up to
    answer.putShort((short) 1).putShort((short) (known ? 1 : 0)).putInt(0);
    answer.put(query.slice(HEADER, end - HEADER));
    if (known) {
      answer.putShort((short) 0xc00c).putShort((short) TYPE_A).putShort((short) 1);
      answer.putInt(0).putShort((short) 4).put(new byte[] {127, 0, 0, 1});
    }
    return answer.array();
  }

  @Override
  public void close() {
    socket.close();
    later.shutdownNow();
  }
}
