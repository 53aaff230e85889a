package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.importing.ImportException;
import dev.jiggety.agent.importing.Imported;
import dev.jiggety.base.Problem;
import dev.jiggety.document.TestDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where imported tests go, the same for every source. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ImportOutput {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write a file for each test into this folder; else all of them go here.")
  private @Nullable Path folder;

  @Option(
      names = "--strict",
      description = "End with 1, and write nothing, when something is not carried over.")
  private boolean strict;

  @Option(
      names = "--json",
      description = {
        "Print one JSON object: the tests, and what is not carried over, as a list",
        "of places and messages. Writes no file."
      })
  private boolean json;

  /** Reads, writes the tests, lists what is left. */
  int write(String source, Supplier<Imported> reader) throws IOException {
    Imported imported = read(source, reader);
    if (json) {
      spec.commandLine().getOut().println(inJson(imported));
      return imported.tests().isEmpty() || (strict && !imported.left().isEmpty())
          ? ExitCode.BAD
          : ExitCode.FINE;
    }
    PrintWriter err = spec.commandLine().getErr();
    for (Problem left : imported.left()) {
      err.println("not carried over: " + left);
    }
    if (imported.tests().isEmpty()) {
      throw new CliException(ExitCode.BAD, source + ": no test came out of it");
    }
    if (strict && !imported.left().isEmpty()) {
      throw new CliException(
          ExitCode.BAD, source + ": " + imported.left().size() + " things are not carried over");
    }
    TestOutput.write(spec.commandLine().getOut(), folder, imported.tests());
    return ExitCode.FINE;
  }

  private static JsonObject inJson(Imported imported) {
    JsonArray tests = new JsonArray();
    imported.tests().forEach(test -> tests.add(TestDocument.TYPE.writePlain(test)));
    JsonArray left = new JsonArray();
    for (Problem problem : imported.left()) {
      JsonObject item = new JsonObject();
      item.addProperty("place", problem.place());
      item.addProperty("message", problem.message());
      left.add(item);
    }
    JsonObject object = new JsonObject();
    object.add("tests", tests);
    object.add("left", left);
    return object;
  }

  /** The text of a file. */
  static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CliException(ExitCode.BAD, file + ": there is no such file");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new CliException(ExitCode.BAD, file + ": it is not UTF-8");
    }
  }

  private static Imported read(String source, Supplier<Imported> reader) {
    try {
      return reader.get();
    } catch (ImportException e) {
      throw new CliException(ExitCode.BAD, source + ": " + e.getMessage());
    }
  }
}
