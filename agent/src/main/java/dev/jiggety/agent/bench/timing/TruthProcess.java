package dev.jiggety.agent.bench.timing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.bench.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A truth server in a process of its own, which says on its standard output what it did. It ends
 * when its standard input does, and so never outlives us.
 */
public final class TruthProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 5;

  private final Process process;
  private final JsonObject address;
  private final Map<Long, Truth> truths = new ConcurrentHashMap<>();
  private final AtomicLong answered = new AtomicLong();
  private final Thread reader;

  private TruthProcess(Process process, JsonObject address, BufferedReader out) {
    this.process = process;
    this.address = address;
    this.reader = Thread.ofPlatform().daemon().name("truth-reader").start(() -> read(out));
  }

  /**
   * Starts it and returns when it listens. Where that is allowed its threads come before others,
   * for its own lateness would be taken for ours.
   */
  static TruthProcess start(Program program) throws IOException {
    return start(program, List.of("bench", "truth"));
  }

  /** Starts one that delays nothing. */
  public static TruthProcess prompt(Program program) throws IOException {
    return start(program, List.of("bench", "truth", "--prompt"));
  }

  private static TruthProcess start(Program program, List<String> role) throws IOException {
    List<String> command = new ArrayList<>();
    if (mayHurry()) {
      command.addAll(List.of("chrt", "--rr", "2"));
    }
    command.addAll(program.with(role));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.startsWith("{")) {
      line = out.readLine(); // Java itself has something to say
    }
    if (line == null) {
      process.destroyForcibly();
      throw new IOException("the truth server did not start");
    }
    return new TruthProcess(process, JsonParser.parseString(line).getAsJsonObject(), out);
  }

  /** Is one: serves until standard input ends. */
  public static void be(Path folder, TruthServer.Delays delays, PrintStream out)
      throws IOException, InterruptedException {
    TruthCertificate certificate = TruthCertificate.make(folder);
    try (TruthServer server =
        new TruthServer(
            delays, Optional.of(certificate.context()), truth -> say(out, truth.toLine()))) {
      JsonObject address = new JsonObject();
      address.addProperty("port", server.port());
      address.addProperty("securePort", server.securePort());
      address.addProperty("namePort", server.namePort());
      address.addProperty("pem", certificate.pem());
      say(out, address.toString());
      System.in.transferTo(OutputStream.nullOutputStream()); // until whoever started us is gone
    }
  }

  private static void say(PrintStream out, String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  /** Where http is spoken. */
  public int port() {
    return address.get("port").getAsInt();
  }

  int securePort() {
    return address.get("securePort").getAsInt();
  }

  int namePort() {
    return address.get("namePort").getAsInt();
  }

  /** The server's certificate. */
  String pem() {
    return address.get("pem").getAsString();
  }

  /** How many requests it has answered. */
  public long answered() {
    return answered.get();
  }

  /** What it did to a request; empty while it has not said so. */
  Optional<Truth> truth(long id) {
    return Optional.ofNullable(truths.get(id));
  }

  /** Ends it; then all that it had to say is known. */
  @Override
  public void close() {
    try {
      process.outputWriter().close(); // its standard input
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      reader.join();
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void read(BufferedReader out) {
    out.lines()
        .map(Truth::parse)
        .forEach(truth -> {
          truths.put(truth.id(), truth);
          answered.incrementAndGet();
        });
  }

  /** Only root may, as a rule. */
  private static boolean mayHurry() {
    try {
      return new ProcessBuilder("chrt", "--rr", "2", "true").start().waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      return false; // there is no such tool
    }
  }
}
