package dev.jiggety.document.yaml;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.jiggety.base.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One YAML document as JSON, with the position of every value. Aliases are followed, within limits:
 * a few lines of them could stand for more than any memory holds.
 */
final class YamlTree {
  private static final int DEEPEST = 40;
  private static final int MOST_NODES = 20_000;

  private final Map<String, Position> positions = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final JsonElement json;
  private int nodes;

  /** A line and a column, both from 1. */
  record Position(int line, int column) implements Comparable<Position> {
    static Position of(Optional<Mark> mark) {
      return mark.map(at -> new Position(at.getLine() + 1, at.getColumn() + 1))
          .orElseGet(() -> new Position(1, 1));
    }

    @Override
    public int compareTo(Position other) {
      return line != other.line
          ? Integer.compare(line, other.line)
          : Integer.compare(column, other.column);
    }
  }

  YamlTree(Node root) {
    this.json = read(root, "", 0);
  }

  /** The document; what is wrong in it is left out. */
  JsonElement json() {
    return json;
  }

  /** What is no JSON, or doubtful. */
  List<Problem> problems() {
    return problems;
  }

  /** Where a place is; of one that is not there the nearest around it. */
  Position position(String place) {
    String at = place.replaceFirst(":\\d+:\\d+$", ""); // a place inside a text, as in a script
    while (!at.isEmpty()) {
      Position known = positions.get(at);
      if (known != null) {
        return known;
      }
      int cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
      at = at.substring(0, Math.max(cut, 0));
    }
    return positions.getOrDefault("", new Position(1, 1));
  }

  private JsonElement read(Node node, String place, int depth) {
    positions.putIfAbsent(place, Position.of(node.getStartMark()));
    if (++nodes > MOST_NODES || depth > DEEPEST) {
      if (nodes == MOST_NODES + 1 || depth == DEEPEST + 1) {
        problems.add(new Problem(place, "is too large or too deep; do not nest aliases"));
      }
      return JsonNull.INSTANCE;
    }
    return switch (node) {
      case MappingNode mapping -> readMapping(mapping, place, depth);
      case SequenceNode sequence -> {
        JsonArray array = new JsonArray();
        List<Node> items = sequence.getValue();
        for (int i = 0; i < items.size(); i++) {
          array.add(read(items.get(i), place + "[" + i + "]", depth + 1));
        }
        yield array;
      }
      case ScalarNode scalar -> readScalar(scalar, place);
      default -> JsonNull.INSTANCE;
    };
  }

  private JsonObject readMapping(MappingNode mapping, String place, int depth) {
    JsonObject object = new JsonObject();
    for (NodeTuple pair : mapping.getValue()) {
      if (!(pair.getKeyNode() instanceof ScalarNode key)) {
        problems.add(new Problem(place, "the name of a field must be a text"));
        continue;
      }
      String name = key.getValue();
      String inner = place.isEmpty() ? name : place + "." + name;
      if (object.has(name)) {
        Position before = position(inner);
        problems.add(new Problem(inner, "stands here twice, first in line " + before.line()));
        positions.put(inner, Position.of(key.getStartMark()));
        continue;
      }
      positions.put(inner, Position.of(key.getStartMark()));
      object.add(name, read(pair.getValueNode(), inner, depth + 1));
    }
    return object;
  }

  private JsonElement readScalar(ScalarNode scalar, String place) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.STR)) {
      return new JsonPrimitive(text);
    }
    if (tag.equals(Tag.NULL)) {
      return JsonNull.INSTANCE;
    }
    if (tag.equals(Tag.BOOL)) {
      return new JsonPrimitive(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return readNumber(text, place);
    }
    problems.add(new Problem(place, "has the tag " + tag + ", which is not known here"));
    return JsonNull.INSTANCE;
  }

  /** The digits stay as they were written. */
  private JsonElement readNumber(String text, String place) {
    try {
      JsonElement number = JsonParser.parseString(text);
      if (number instanceof JsonPrimitive primitive && primitive.isNumber()) {
        return number;
      }
    } catch (JsonParseException e) {
      // said below, as for infinity
    }
    problems.add(new Problem(place, "is a number that JSON does not know: " + text));
    return JsonNull.INSTANCE;
  }
}
