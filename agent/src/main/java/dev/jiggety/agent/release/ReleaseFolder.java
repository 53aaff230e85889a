package dev.jiggety.agent.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The folder {@value #NAME} in a node's data folder, which the node shares with the boot script:
 * {@code a} and {@code b} hold programs, each with {@code .release}, the digest of its release,
 * which comes last, and {@code .within}, the seconds that its first start may take; {@code pointer}
 * says in one line what is started and what is gone back to; {@code boots} counts starts since the
 * last one that was confirmed; {@code bad} names releases that did not start, one a line; {@code
 * confirmed} is the release that ran well last; {@code ready} is there once this start was well.
 */
public final class ReleaseFolder {
  static final String NAME = "releases";
  private static final String ID = ".release";
  private static final String WITHIN = ".within";

  /** A first start may take so many times as long as the start-up check, which does the same. */
  private static final int PATIENCE = 3;

  private static final int LEAST_SECONDS = 3;
  private static final int MOST_SECONDS = 20;
  private static final String POINTER = "pointer";
  private static final String BOOTS = "boots";
  private static final String BAD = "bad";
  private static final String CONFIRMED = "confirmed";
  private static final String READY = "ready";

  private final Path folder;

  ReleaseFolder(Path data) {
    this.folder = data.resolve(NAME);
  }

  Path path() {
    return folder;
  }

  Path slot(String slot) {
    return folder.resolve(slot);
  }

  void make() throws IOException {
    Files.createDirectories(folder);
  }

  /** What is started next: {@code a}, {@code b} or {@code installed}. */
  String next() {
    String slot = text(POINTER).split(" ", 2)[0];
    return slot.equals("a") || slot.equals("b") ? slot : Boot.INSTALLED;
  }

  /** The release in a slot; empty where there is none, or not all of it. */
  String id(String slot) {
    return slot.equals(Boot.INSTALLED) ? "" : text(slot + "/" + ID);
  }

  /** The slot with that release, ready to be started. */
  Optional<String> find(String id) {
    for (String slot : new String[] {"a", "b"}) {
      if (!id.isEmpty() && id(slot).equals(id)) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  /** The slot that nothing needs: neither what runs nor what is started next. */
  String free(String running) {
    return running.equals("a") || (!running.equals("b") && next().equals("a")) ? "b" : "a";
  }

  /**
   * How long the boot script waits for a program's first start: one that hangs shall not hold up
   * the tests for long, and a slow machine shall not make a good one bad.
   *
   * @param program its folder
   * @param tried how long the start-up check took here
   */
  void within(Path program, Duration tried) throws IOException {
    long seconds = tried.multipliedBy(PATIENCE).plusMillis(999).toSeconds();
    Durable.write(program.resolve(WITHIN), Math.clamp(seconds, LEAST_SECONDS, MOST_SECONDS) + "\n");
  }

  /** A slot holds that release now, whole and tried. */
  void complete(String slot, String id) throws IOException {
    Durable.write(slot(slot).resolve(ID), id + "\n");
    Durable.forceFolder(folder);
  }

  /** From now on that slot is started, and that one when it does not start. */
  void point(String slot, String back) throws IOException {
    Files.deleteIfExists(folder.resolve(BOOTS));
    Durable.write(folder.resolve(POINTER), slot + " " + back + "\n");
  }

  /** Why a release did not run here; empty when it was not tried, or did. */
  Optional<String> bad(String id) {
    return lines(BAD)
        .filter(line -> line.split(" ", 2)[0].equals(id))
        .map(
            line -> line.contains(" ") ? line.substring(line.indexOf(' ') + 1) : "it did not start")
        .findFirst();
  }

  /** A release is not started again. */
  void markBad(String id, String reason) throws IOException {
    if (bad(id).isEmpty()) {
      Path file = folder.resolve(BAD);
      Files.writeString(
          file,
          id + " " + reason.replaceAll("\\p{Cntrl}", " ") + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      Durable.force(file);
    }
  }

  /** This start was well: the boot script waits no longer. */
  void ready() throws IOException {
    Files.writeString(folder.resolve(READY), ProcessHandle.current().pid() + "\n");
  }

  /** What runs has run well; starts are counted anew. */
  void confirm(String id) throws IOException {
    if (!id.isEmpty() && !text(CONFIRMED).equals(id)) {
      Durable.write(folder.resolve(CONFIRMED), id + "\n");
    }
    Files.deleteIfExists(folder.resolve(BOOTS));
  }

  /** An end in order: this start was not a failure. */
  void endedInOrder() {
    try {
      Files.deleteIfExists(folder.resolve(BOOTS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private java.util.stream.Stream<String> lines(String name) {
    return text(name).lines();
  }

  private String text(String name) {
    try {
      return Files.readString(folder.resolve(name), StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder.resolve(name), e);
    }
  }
}
