package dev.jiggety.agent.notify;

import dev.jiggety.couch.Credentials;
import dev.jiggety.model.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine's folder of commands. Patches name programs, so whoever may hand in one
 * could run anything, were it not for the folder: only what the machine's administrator put there
 * can be run.
 */
final class CommandTransport implements Transport {
  private static final int MOST_OUTPUT = 4096;

  private final Path folder;

  CommandTransport(Path folder) {
    this.folder = folder;
  }

  @Override
  public Answer send(Delivery delivery, Message message) throws InterruptedException {
    Channel.Command command = (Channel.Command) delivery.target();
    Path program = folder.resolve(command.program()).toAbsolutePath();
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      return new Answer.Later(
          program + " is not there, or cannot be run: put the program there (chmod 755)");
    }
    List<String> line = new ArrayList<>();
    line.add(program.toString());
    line.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().put("JIGGETY_NOTICE", message.id());
    builder.environment().put("JIGGETY_KEY", message.key());
    builder.environment().remove(Credentials.PASSWORD_VARIABLE); // it is the manager's own
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Answer.Later(program + " cannot be run: " + Lines.one(e.getMessage()));
    }
    try {
      return converse(process, program, message, delivery.channel().timeout().toMillis());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Answer converse(Process process, Path program, Message message, long timeout)
      throws InterruptedException {
    StringBuilder output = new StringBuilder(); // under its own lock
    Thread reader = Thread.ofVirtual().start(() -> read(process.getInputStream(), output));
    Thread writer = Thread.ofVirtual().start(() -> write(process, message));
    boolean ended = process.waitFor(timeout, TimeUnit.MILLISECONDS);
    writer.interrupt();
    if (!ended) {
      return new Answer.Later(program + " did not end within " + timeout + " ms; it was killed");
    }
    reader.join(1000);
    String said;
    synchronized (output) {
      said = Lines.one(output.toString());
    }
    int code = process.exitValue();
    return code == 0
        ? new Answer.Taken(said)
        : new Answer.Later(program + " ended with " + code + (said.isEmpty() ? "" : ": " + said));
  }

  private static void write(Process process, Message message) {
    try (var in = process.getOutputStream()) {
      in.write((message.json() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it does not want to read on; its exit code says whether it is content
    }
  }

  private static void read(InputStream from, StringBuilder output) {
    byte[] buffer = new byte[1024];
    try (from) {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        synchronized (output) {
          if (output.length() < MOST_OUTPUT) {
            output.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
          }
        }
      }
    } catch (IOException e) {
      // it was killed
    }
  }
}
