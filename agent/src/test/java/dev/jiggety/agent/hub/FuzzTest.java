package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.base.Durations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent to the hub, it answers, never with its own fault, and goes on. What is sent is
 * numbered, and the same number is the same bytes. {@code -Djiggety.fuzz=10m} goes on for that
 * long, {@code -Djiggety.fuzz.first=N} begins with number N.
 */
class FuzzTest {
  private static final long FIRST = Long.getLong("jiggety.fuzz.first", 1);
  private static final int AT_LEAST = 12_000;
  private static final int WARM_UP = 1_000;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int FEED_MILLIS = 20;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

  /** Not implemented, and another version of HTTP. */
  private static final Set<Integer> HONEST = Set.of(501, 505);

  private final Map<Integer, Integer> answers = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  @TempDir private Path folder;

  /** What the process holds that a leak would add to. */
  private record Holdings(long files, long threads, long heapMiB) {}

  @Test
  void whateverIsSentTheHubAnswersAndGoesOn() throws Exception {
    try (HubFixture hub = new HubFixture(folder, HubFixture::quickPasswords)) {
      prepare(hub);
      long next = FIRST;
      for (long warm = next + WARM_UP; next < warm; next++) {
        send(hub, FuzzedRequest.of(next));
      }
      Holdings before = holdings(hub);
      long end = System.nanoTime() + patience().toNanos();
      for (; next < FIRST + AT_LEAST || System.nanoTime() < end; next++) {
        send(hub, FuzzedRequest.of(next));
      }
      System.out.println("fuzzed with requests " + FIRST + " to " + (next - 1) + ": " + answers);
      Holdings after = holdings(hub);

      assertThat(faults).isEmpty();
      assertThat(after.files).as("open files").isLessThanOrEqualTo(before.files + 10);
      assertThat(after.threads).as("threads").isLessThanOrEqualTo(before.threads + 10);
      assertThat(after.heapMiB).as("MiB of heap").isLessThanOrEqualTo(before.heapMiB + 32);
      prepare(hub);
      assertThat(hub.get("fuzz/after").json().get("n")).hasToString("9007199254740993");
    }
  }

  @Test
  void whateverIsReadAsJsonIsReadOrRefused() {
    for (long number = FIRST; number < FIRST + 20_000; number++) {
      Random random = new Random(number);
      byte[] valid =
          "{\"a\":[1,-2.5e-7,true,null,\"x\\u00e4\\n\"],\"b\":{\"c\":{},\"d\":[[]]},\"é\":\"😀\"}"
              .getBytes(StandardCharsets.UTF_8);
      byte[] text = FuzzedRequest.spoil(random, valid);
      try {
        var in = new java.io.ByteArrayInputStream(text);
        var read = JsonText.guard(() -> JsonText.whole(JsonText.reader(in)));
        assertThat(JsonText.parse(read.toString())).as("number " + number).isEqualTo(read);
      } catch (CouchError e) {
        assertThat(e.status()).as("number " + number).isEqualTo(400);
      }
    }
  }

  private static Duration patience() {
    String asked = System.getProperty("jiggety.fuzz");
    return asked == null ? Duration.ZERO : Durations.parse(asked);
  }

  /** What there is to spoil, made anew where a request has removed it. */
  private static void prepare(HubFixture hub) {
    hub.delete("fuzz");
    assertThat(hub.put("fuzz", "").status()).isEqualTo(201);
    assertThat(hub.put("fuzz/after", "{\"n\":9007199254740993}").status()).isEqualTo(201);
    hub.put("fuzz/doc", "{\"a\":1,\"_attachments\":{\"file.txt\":{\"data\":\"QUJD\"}}}");
    hub.put("fuzz/_design/d", "{\"views\":{\"v\":{\"map\":\"function (d) { emit(d._id, 1); }\"}}}");
  }

  private void send(HubFixture hub, FuzzedRequest request) throws IOException {
    if (request.number() % 50 == 0 && hub.get("fuzz/after").status() != 200) {
      prepare(hub);
    }
    byte[] answer;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.hub.port())) {
      socket.setSoTimeout(request.mayBeFeed() ? FEED_MILLIS : PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(request.bytes());
        socket.shutdownOutput();
      } catch (IOException e) {
        // It was refused before all of it was sent; what the hub said is still to be read.
      }
      answer = readAll(socket.getInputStream(), request);
    }
    var statuses = STATUS.matcher(new String(answer, StandardCharsets.ISO_8859_1));
    while (statuses.find()) {
      int status = Integer.parseInt(statuses.group(1));
      answers.merge(status, 1, Integer::sum);
      if (status >= 500 && !HONEST.contains(status)) {
        faults.add(new String(answer, StandardCharsets.UTF_8) + "\nto " + request);
      }
    }
  }

  private byte[] readAll(InputStream in, FuzzedRequest request) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    try {
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        all.write(part, 0, count);
      }
    } catch (SocketTimeoutException e) {
      if (!request.mayBeFeed()) {
        faults.add("no answer to " + request);
      }
    } catch (IOException e) {
      // The hub cut a connection that it could make nothing of.
    }
    return all.toByteArray();
  }

  private static Holdings holdings(HubFixture hub) throws IOException {
    await("feeds to end").atMost(Duration.ofSeconds(90)).until(() -> hub.hub.listeners() == 0);
    for (var name : hub.get("_all_dbs").array()) {
      hub.delete(name.getAsString());
    }
    prepare(hub);
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return new Holdings(
        openFiles(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        memory.getHeapMemoryUsage().getUsed() >> 20);
  }

  private static long openFiles() throws IOException {
    Path open = Path.of("/proc/self/fd");
    if (!Files.exists(open)) {
      return 0; // not Linux: threads and memory must do
    }
    try (Stream<Path> files = Files.list(open)) {
      return files.count();
    }
  }
}
