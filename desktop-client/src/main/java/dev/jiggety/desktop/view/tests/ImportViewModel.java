package dev.jiggety.desktop.view.tests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/**
 * Tests out of what other programs wrote: reads it by the headless program, shows what comes of it
 * and what is lost, and puts what is chosen into the basket. FX thread only.
 */
public final class ImportViewModel {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long LARGEST = 100L << 20;

  private final Desk desk;
  private final Session session;
  private final Caller caller;
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable Plan> plan = new ReadOnlyObjectWrapper<>();

  /** Who reads what others wrote: the headless program. */
  @FunctionalInterface
  public interface Caller {
    /** Calls it with arguments and input, and waits for its end. */
    Program.Result call(List<String> arguments, String input)
        throws IOException, InterruptedException;

    /** The program of this machine. */
    static Caller ofThisMachine() {
      return (arguments, input) ->
          Program.find()
              .orElseThrow(() -> new IOException("jiggety is not installed on this computer"))
              .call(arguments, input, LONGEST);
    }
  }

  /**
   * What came of it.
   *
   * @param source whose it was
   * @param candidates the tests
   * @param left what is not carried over, a line each
   */
  public record Plan(String source, List<Candidate> candidates, List<String> left) {}

  /**
   * A test that could be taken over.
   *
   * @param exists whether the hub has a test of that id, which would be changed
   */
  public record Candidate(TestDefinition test, boolean exists, BooleanProperty chosen) {}

  public ImportViewModel(Desk desk, Session session, Caller caller) {
    this.desk = desk;
    this.session = session;
    this.caller = caller;
  }

  /** Whether something is being read. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** What came of it; null as long as there is nothing to decide. */
  public ReadOnlyObjectProperty<@Nullable Plan> planProperty() {
    return plan.getReadOnlyProperty();
  }

  /** Reads files. */
  public void readFiles(List<Path> files) {
    read(() -> {
      List<Found> all = new ArrayList<>();
      for (Path file : files) {
        if (Files.size(file) > LARGEST) {
          throw new IOException(file.getFileName() + " is larger than 100 MiB");
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        all.add(found(file.getFileName().toString(), text, file));
      }
      return all;
    });
  }

  /** Reads what was pasted. */
  public void readText(String text) {
    read(() -> List.of(found("curl", text, null)));
  }

  /** Puts what is chosen into the basket, as one step. */
  public void accept() {
    Plan now = plan.get();
    if (now == null) {
      return;
    }
    List<BasketEntry> entries =
        now.candidates().stream()
            .filter(it -> it.chosen().get())
            .map(it -> BasketEntry.put(it.test(), base(it.test().id()), desk.now()))
            .toList();
    session.basket().putAll(entries);
    desk.dialogs().say(Tone.DONE, desk.texts().get("tests.import.done", entries.size()));
    plan.set(null);
  }

  /** Forgets it. */
  public void dismiss() {
    plan.set(null);
  }

  private @Nullable JsonObject base(String id) {
    TestPicture there = session.feed().picture().find(id);
    return there == null ? null : there.raw();
  }

  private record Found(String source, List<TestDefinition> tests, List<String> left) {}

  private interface Reading {
    List<Found> read() throws IOException, InterruptedException;
  }

  private void read(Reading reading) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    desk.tasks()
        .create(reading::read)
        .onSuccess(this::show)
        .onError(IOException.class, this::refuse)
        .onError(InterruptedException.class, this::refuse)
        .onFinally(() -> busy.set(false))
        .start();
  }

  private void refuse(Exception e) {
    desk.dialogs()
        .say(Tone.ERROR, desk.texts().get("tests.import.failed", String.valueOf(e.getMessage())));
  }

  private void show(List<Found> all) {
    List<Candidate> candidates = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (Found found : all) {
      found
          .tests()
          .forEach(test -> {
            boolean exists = base(test.id()) != null;
            candidates.add(new Candidate(test, exists, new SimpleBooleanProperty(!exists)));
          });
      found.left().forEach(line -> left.add(found.source() + ": " + line));
    }
    String names = String.join(", ", all.stream().map(Found::source).toList());
    plan.set(new Plan(names, List.copyOf(candidates), List.copyOf(left)));
  }

  /** Off the FX thread. */
  private Found found(String source, String text, @Nullable Path file)
      throws IOException, InterruptedException {
    Optional<ImportKind> kind = ImportKind.of(text);
    if (kind.isEmpty()) {
      throw new IOException(desk.texts().get("tests.import.unknown", source));
    }
    boolean byFile = file != null && kind.get() != ImportKind.CURL;
    List<String> arguments =
        byFile
            ? List.of("import", kind.get().word(), String.valueOf(file), "--json")
            : List.of("import", kind.get().word(), "--json");
    Program.Result result = caller.call(arguments, byFile ? "" : text);
    try {
      JsonElement json = JsonParser.parseString(result.out());
      if (json instanceof JsonObject object && object.has("tests")) {
        return new Found(source, tests(object), left(object));
      }
    } catch (JsonParseException | DocumentException e) {
      throw new IOException(source + ": " + e.getMessage(), e);
    }
    throw new IOException(
        result.errors().isBlank() ? source : result.errors().lines().findFirst().orElse(source));
  }

  private static List<TestDefinition> tests(JsonObject json) {
    return ((JsonArray) json.get("tests"))
        .asList().stream()
            .map(test -> TestDocument.TYPE.readStrictly(test.getAsJsonObject()))
            .toList();
  }

  private static List<String> left(JsonObject json) {
    return ((JsonArray) json.get("left"))
        .asList().stream()
            .map(JsonElement::getAsJsonObject)
            .map(it -> it.get("place").getAsString() + ": " + it.get("message").getAsString())
            .toList();
  }
}
