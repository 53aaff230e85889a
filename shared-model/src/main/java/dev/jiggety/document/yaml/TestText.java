package dev.jiggety.document.yaml;

import com.google.gson.JsonObject;
import dev.jiggety.document.yaml.YamlTree.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One test, or another object, as somebody is typing it in YAML: it may still be wrong. Immutable.
 */
public final class TestText {
  private static final int LARGEST = 3_000_000;

  private final @Nullable YamlTree tree;
  private final List<Flaw> flaws;

  /**
   * What is no YAML at all, or none that could be a test.
   *
   * @param line from 1
   * @param column from 1
   */
  public record Flaw(int line, int column, String message) {}

  private TestText(@Nullable YamlTree tree, List<Flaw> flaws) {
    this.tree = tree;
    this.flaws = List.copyOf(flaws);
  }

  /** Reads a text. Never throws: what is wrong stands in the answer. */
  public static TestText parse(String text) {
    List<Flaw> flaws = new ArrayList<>();
    YamlTree tree = null;
    try {
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(LARGEST).build();
      Optional<Node> node = new Compose(settings).composeString(text);
      tree = node.map(YamlTree::new).orElse(null);
      if (tree != null) {
        YamlTree read = tree;
        read.problems().stream()
            .map(problem -> flaw(read.position(problem.place()), problem.message()))
            .forEach(flaws::add);
      }
      if (flaws.isEmpty() && (tree == null || !(tree.json() instanceof JsonObject))) {
        flaws.add(new Flaw(1, 1, "must have fields, like id: shop"));
      }
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      flaws.add(flaw(Position.of(mark), firstLine(e.getProblem())));
    } catch (YamlEngineException e) {
      flaws.add(new Flaw(1, 1, firstLine(String.valueOf(e.getMessage()))));
    }
    return new TestText(tree, flaws);
  }

  /** Any object as YAML, as {@link TestYaml#write} writes tests. */
  public static String write(JsonObject object) {
    return object.isEmpty() ? "" : YamlText.write(object);
  }

  /** The object that it says; empty where there are flaws. */
  public Optional<JsonObject> json() {
    return flaws.isEmpty() && tree != null && tree.json() instanceof JsonObject object
        ? Optional.of(object.deepCopy())
        : Optional.empty();
  }

  /** What is wrong with it as YAML. */
  public List<Flaw> flaws() {
    return flaws;
  }

  /** Something wrong at a place of the object, with the line and column where it stands. */
  public Flaw at(String place, String message) {
    return flaw(tree == null ? new Position(1, 1) : tree.position(place), message);
  }

  private static Flaw flaw(Position at, String message) {
    return new Flaw(at.line(), at.column(), message);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("is not YAML");
  }
}
