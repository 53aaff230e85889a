package dev.jiggety.agent.bench.couch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Many listeners of one changes feed, all read by one thread that does nothing but look for the
 * next expected text in what arrives.
 */
final class Crowd implements AutoCloseable {
  private static final int LONGEST_TEXT = 64;

  private final Selector selector = Selector.open();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final int size;
  private final Thread thread;
  private volatile @Nullable Round round;

  /** A text that every listener is to get. */
  private final class Round {
    final byte[] text;
    final CompletableFuture<Long> last = new CompletableFuture<>();
    private int heard;

    Round(String text) {
      this.text = text.getBytes(StandardCharsets.US_ASCII);
    }

    void hear() {
      heard++;
      if (heard == size) {
        last.complete(System.nanoTime());
      }
    }
  }

  /** What one listener has received and not yet thrown away. */
  private static final class Ear {
    final ByteBuffer bytes = ByteBuffer.allocate(4096);
    @Nullable Round heard;

    /** Looks for the text, and keeps what could be the beginning of it. */
    void listen(@Nullable Round round) {
      if (round != null && heard != round && holds(round.text)) {
        heard = round;
        round.hear();
      }
      bytes.flip();
      bytes.position(Math.max(0, bytes.limit() - LONGEST_TEXT));
      bytes.compact();
    }

    private boolean holds(byte[] text) {
      for (int from = 0; from <= bytes.position() - text.length; from++) {
        int i = 0;
        while (i < text.length && bytes.get(from + i) == text[i]) {
          i++;
        }
        if (i == text.length) {
          return true;
        }
      }
      return false;
    }
  }

  /** Connects them all. */
  Crowd(Server server, String database, int size) throws IOException, NotMeasuredException {
    this.size = size;
    URI base = server.address().base();
    if (!base.getScheme().equals("http")) {
      selector.close();
      throw new NotMeasuredException("listeners are measured by plain http alone");
    }
    byte[] head =
        Wire.head(
            server.address(),
            "GET",
            "/" + database + "/_changes?feed=continuous&since=now&heartbeat=30000",
            -1);
    this.thread = Thread.ofPlatform().name("bench-listeners").daemon().unstarted(this::loop);
    try {
      for (int i = 0; i < size; i++) {
        SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(base.getHost(), base.getPort()));
        channels.add(channel);
        channel.write(ByteBuffer.wrap(head));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Ear());
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    thread.start();
  }

  /** From now on, this text is waited for. At most {@value #LONGEST_TEXT} characters of ASCII. */
  void expect(String text) {
    round = new Round(text);
  }

  /**
   * Waits until every listener has it.
   *
   * @return when the last one had it, by {@link System#nanoTime}
   * @throws NotMeasuredException when not all had it in time
   */
  long awaitAll(Duration patience) throws InterruptedException, NotMeasuredException {
    Round current = round;
    if (current == null) {
      throw new IllegalStateException("nothing is expected");
    }
    try {
      return current.last.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new NotMeasuredException(
          "not all of " + size + " listeners were served within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new NotMeasuredException("a listener was cut: " + e.getCause());
    }
  }

  private void loop() {
    try {
      while (selector.isOpen()) {
        selector.select(this::read);
      }
    } catch (IOException | java.nio.channels.ClosedSelectorException e) {
      fail(e);
    }
  }

  private void read(SelectionKey key) {
    if (key.attachment() instanceof Ear ear && key.channel() instanceof SocketChannel channel) {
      try {
        if (channel.read(ear.bytes) < 0) {
          throw new IOException("the server ended a feed");
        }
        ear.listen(round);
      } catch (IOException e) {
        key.cancel();
        fail(e);
      }
    }
  }

  private void fail(Exception e) {
    Round current = round;
    if (current != null) {
      current.last.completeExceptionally(e);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
