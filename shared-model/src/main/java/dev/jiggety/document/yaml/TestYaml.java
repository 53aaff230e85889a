package dev.jiggety.document.yaml;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.PlainDocuments;
import dev.jiggety.document.TestDocument;
import dev.jiggety.document.yaml.YamlTree.Position;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Files of tests and of what else people write of the configuration: one or several YAML documents
 * each, with the fields of docs/documents/test.md, or with one field named like the type of the
 * document ({@code channel:}) and the fields of its page below it. Reading says everything that is
 * wrong at once, each with file, line and column; writing has one spelling for one definition.
 */
public final class TestYaml {
  /** Of one YAML document, in characters. */
  private static final int LARGEST = 3_000_000;

  /** The parser copies all of a long text anew each time that it takes in so many characters. */
  private static final int READ_AT_ONCE = 1 << 16;

  private static final int DEEPEST_FOLDER = 16;

  private TestYaml() {}

  /**
   * Reads a file, or all {@code *.yaml} and {@code *.yml} files of a folder and the folders in it,
   * in the order of their names. What is wrong stands in the answer, an id that is used twice too.
   */
  public static List<TestFile> read(Path fileOrFolder) {
    return read(List.of(fileOrFolder));
  }

  /**
   * Reads files and folders.
   *
   * @throws DocumentException with everything that is wrong in any of them, each place beginning
   *     with file, line and column; also when there is not a single test
   */
  public static List<TestDefinition> readAll(List<Path> paths) {
    List<TestDefinition> tests = readEverything(paths).tests();
    if (tests.isEmpty()) {
      throw nothing(paths);
    }
    return tests;
  }

  /**
   * Reads tests that come another way than in a file.
   *
   * @param name what to call the text in what is said of it
   * @throws DocumentException as {@link #readAll}
   */
  public static List<TestDefinition> readText(String name, String text) {
    TestFile file = refuseSecondUse(parse(Path.of(name), text), new HashMap<>());
    if (!file.problems().isEmpty()) {
      throw new DocumentException(file.problems().stream().map(YamlProblem::asProblem).toList());
    }
    List<TestDefinition> tests = file.tests().stream().map(TestFile.Entry::test).toList();
    if (tests.isEmpty()) {
      throw nothing(List.of(Path.of(name)));
    }
    return tests;
  }

  /**
   * Reads files and folders with all that people write of the configuration.
   *
   * @throws DocumentException with everything that is wrong, as {@link #readAll}; also when there
   *     is nothing at all
   */
  public static Written readEverything(List<Path> paths) {
    List<TestFile> files = read(paths);
    List<Problem> problems =
        files.stream().flatMap(f -> f.problems().stream()).map(YamlProblem::asProblem).toList();
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    Written written =
        new Written(
            files.stream().flatMap(f -> f.tests().stream()).map(TestFile.Entry::test).toList(),
            files.stream()
                .flatMap(f -> f.documents().stream())
                .map(TestFile.Document::content)
                .toList());
    if (written.tests().isEmpty() && written.documents().isEmpty()) {
      throw nothing(paths);
    }
    return written;
  }

  /**
   * What files hold.
   *
   * @param documents what is no test, with {@code _id}, {@code type} and {@code schema}
   */
  public record Written(List<TestDefinition> tests, List<JsonObject> documents) {
    public Written {
      tests = List.copyOf(tests);
      documents = List.copyOf(documents);
    }
  }

  private static DocumentException nothing(List<Path> paths) {
    String where = String.join(", ", paths.stream().map(Path::toString).toList());
    return new DocumentException(
        List.of(new Problem(where, "there is no test here; tests stand in *.yaml files")));
  }

  /** A definition in its one spelling, fields at their default left out; ends with a line break. */
  public static String write(TestDefinition test) {
    return YamlText.write(TestDocument.TYPE.writePlain(test));
  }

  /**
   * A document that is no test in its one spelling; ends with a line break.
   *
   * @throws DocumentException when it is not of a kind that people write, or cannot be read
   */
  public static String write(JsonObject document) {
    JsonObject whole = new JsonObject();
    whole.add(PlainDocuments.typeOf(document), PlainDocuments.plain(document));
    return YamlText.write(whole);
  }

  private static List<TestFile> read(List<Path> paths) {
    List<TestFile> files = new ArrayList<>();
    Map<String, String> firstUse = new HashMap<>();
    for (Path path : paths) {
      for (Path file : filesOf(path)) {
        files.add(refuseSecondUse(readFile(file), firstUse));
      }
    }
    return files;
  }

  private static List<Path> filesOf(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> below = Files.walk(path, DEEPEST_FOLDER)) {
      return below
          .filter(file -> file.getFileName().toString().matches(".+\\.ya?ml"))
          .filter(file -> !isHidden(path.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException | UncheckedIOException e) { // the latter on the way down
      throw new DocumentException(
          List.of(new Problem(path.toString(), "the folder cannot be read: " + e.getMessage())));
    }
  }

  private static boolean isHidden(Path inside) {
    for (Path name : inside) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static TestFile readFile(Path file) {
    YamlProblem problem;
    try {
      return parse(file, Files.readString(file));
    } catch (CharacterCodingException e) {
      problem = wholeFile(file, "is not a text in UTF-8");
    } catch (AccessDeniedException e) {
      problem = wholeFile(file, "cannot be read: you have no right to");
    } catch (IOException e) {
      problem =
          wholeFile(
              file,
              Files.exists(file) ? "cannot be read: " + e.getMessage() : "there is no such file");
    }
    return new TestFile(file, List.of(), List.of(), List.of(problem));
  }

  private static TestFile parse(Path file, String text) {
    List<TestFile.Entry> tests = new ArrayList<>();
    List<TestFile.Document> documents = new ArrayList<>();
    List<YamlProblem> problems = new ArrayList<>();
    try {
      var settings =
          LoadSettings.builder()
              .setLabel(file.toString())
              .setCodePointLimit(LARGEST)
              .setBufferSize(READ_AT_ONCE)
              .build();
      for (Node document : new Compose(settings).composeAllFromString(withoutMark(text))) {
        readDocument(file, new YamlTree(document), tests, documents, problems);
      }
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      problems.add(problem(file, Position.of(mark), new Problem("", inOneLine(e.getProblem()))));
    } catch (YamlEngineException e) {
      String message = inOneLine(String.valueOf(e.getMessage()));
      problems.add(
          wholeFile(
              file,
              message.contains("exceeds the limit")
                  ? "is too large: a test has at most " + LARGEST + " characters"
                  : message));
    }
    return new TestFile(file, tests, documents, problems);
  }

  private static void readDocument(
      Path file,
      YamlTree tree,
      List<TestFile.Entry> tests,
      List<TestFile.Document> documents,
      List<YamlProblem> problems) {
    JsonElement json = tree.json();
    List<Problem> found = new ArrayList<>(tree.problems());
    if (json instanceof JsonNull && found.isEmpty()) {
      return; // nothing between two lines of dashes
    }
    if (json instanceof JsonObject object && PlainDocuments.type(object).isPresent()) {
      String type = PlainDocuments.type(object).get();
      try {
        JsonObject content = PlainDocuments.document(type, object);
        if (found.isEmpty()) {
          documents.add(new TestFile.Document(content, tree.position(type).line()));
        }
      } catch (DocumentException e) {
        found.addAll(e.problems());
      }
    } else if (json instanceof JsonObject object) {
      try {
        TestDefinition test = TestDocument.TYPE.readStrictly(object);
        found.addAll(TestRules.problems(test));
        if (found.isEmpty()) {
          tests.add(new TestFile.Entry(test, tree.position("id").line()));
        }
      } catch (DocumentException e) {
        found.addAll(e.problems());
      }
    } else if (found.isEmpty()) {
      found.add(new Problem("", "must be a test with fields, like id, schedule and http"));
    }
    found.stream()
        .map(problem -> problem(file, tree.position(problem.place()), problem))
        .sorted(Comparator.comparing(p -> new Position(p.line(), p.column())))
        .forEach(problems::add);
  }

  private static TestFile refuseSecondUse(TestFile file, Map<String, String> firstUse) {
    List<YamlProblem> problems = new ArrayList<>(file.problems());
    List<TestFile.Entry> tests = new ArrayList<>();
    for (TestFile.Entry entry : file.tests()) {
      if (isFirstUse(file, entry.test().id(), entry.line(), firstUse, problems)) {
        tests.add(entry);
      }
    }
    List<TestFile.Document> documents = new ArrayList<>();
    for (TestFile.Document document : file.documents()) {
      if (isFirstUse(file, document.id(), document.line(), firstUse, problems)) {
        documents.add(document);
      }
    }
    return new TestFile(file.path(), tests, documents, problems);
  }

  private static boolean isFirstUse(
      TestFile file,
      String id,
      int line,
      Map<String, String> firstUse,
      List<YamlProblem> problems) {
    String before = firstUse.putIfAbsent(id, file.path() + ":" + line);
    if (before != null) {
      problems.add(
          problem(
              file.path(),
              new Position(line, 1),
              new Problem("id", "\"" + id + "\" is used twice, first in " + before)));
    }
    return before == null;
  }

  private static YamlProblem problem(Path file, Position at, Problem problem) {
    return new YamlProblem(file, at.line(), at.column(), problem);
  }

  private static YamlProblem wholeFile(Path file, String message) {
    return problem(file, new Position(1, 1), new Problem("", message));
  }

  /** Some editors begin a text with an invisible mark. */
  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static String inOneLine(String message) {
    return message.lines().findFirst().orElse("is not YAML");
  }
}
