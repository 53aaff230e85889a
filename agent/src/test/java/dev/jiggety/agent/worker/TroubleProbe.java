package dev.jiggety.agent.worker;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A probe that does what no probe should, as its settings say. */
public final class TroubleProbe implements Probe {
  static final String KIND = "trouble";

  /** Kept by whoever keeps, until the process ends. */
  private static final List<byte[]> KEPT = new ArrayList<>();

  static Check check(String settings) {
    return new Check.Other(KIND, "{\"do\":\"" + settings + "\"}");
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public boolean isolated() {
    return true;
  }

  @Override
  public Sample measure(Request request) {
    Instant startedAt = Instant.now();
    long begun = System.nanoTime();
    try {
      String said = act(((Check.Other) request.check()).settings(), request);
      return new Sample(
          startedAt,
          Duration.ofNanos(System.nanoTime() - begun),
          Phases.NONE,
          0,
          0,
          List.of(),
          said.isEmpty() ? null : new Failure(ErrorKind.ASSERTION, null, said),
          Duration.ZERO);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String act(String settings, Request request)
      throws IOException, InterruptedException {
    String act = settings.replaceAll(".*\"do\":\"|\".*", "");
    switch (act) {
      case "nothing" -> {}
      case "loop" -> loop();
      case "allocate" -> allocate();
      case "keep" -> keep(34);
      case "exit" -> System.exit(7);
      case "halt like no memory" -> Runtime.getRuntime().halt(3);
      case "throw" -> throw new IllegalArgumentException("on purpose");
      case "overflow" -> overflow(1);
      case "garbage" -> write("Hello, this is a library that prints\n".repeat(50));
      case "oversized" -> write("JMS1\u007f\u0000\u0000\u0000");
      case "half" -> {
        write("JMS1\u0000\u0000\u0010\u0000{\"is\":");
        Runtime.getRuntime().halt(0);
      }
      case "print" -> System.out.println("a library says hello");
      case "huge answer" -> {
        return "x".repeat(5 << 20);
      }
      case "offspring" -> offspring(Path.of(System.getProperty("java.io.tmpdir"), "child"));
      case "offspring and loop" -> {
        offspring(Path.of(System.getProperty("java.io.tmpdir"), "child"));
        loop();
      }
      case "pid" -> {
        return Long.toString(ProcessHandle.current().pid());
      }
      case "environment" -> {
        return System.getenv().keySet() + " " + ProcessHandle.current().info().commandLine();
      }
      case "secret" -> {
        return request.secrets().get("token").reveal();
      }
      default -> throw new IllegalArgumentException(act);
    }
    return "";
  }

  private static void keep(int megabytes) {
    for (int i = 0; i < megabytes; i++) {
      KEPT.add(new byte[1 << 20]);
    }
  }

  private static void loop() {
    long count = 0;
    while (count >= 0) {
      count = (count + 1) & 0xffff;
    }
  }

  private static void allocate() {
    List<byte[]> all = new ArrayList<>();
    while (!all.isEmpty() || KEPT.isEmpty()) {
      all.add(new byte[1 << 20]);
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static long overflow(long depth) {
    return overflow(depth + 1) + depth;
  }

  private static void write(String text) throws IOException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** A grandchild in a session of its own whose parent is gone, as browsers make them. */
  private static void offspring(Path note) throws IOException, InterruptedException {
    new ProcessBuilder(
            "/bin/sh",
            "-c",
            "setsid sleep 1000 & echo $! > " + note + ".new; mv " + note + ".new " + note)
        .start()
        .waitFor();
    if (!Files.exists(note)) {
      throw new IOException("no child");
    }
  }
}
