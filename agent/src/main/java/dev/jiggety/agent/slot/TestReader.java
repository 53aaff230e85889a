package dev.jiggety.agent.slot;

import com.google.gson.JsonParseException;
import dev.jiggety.base.Problem;
import dev.jiggety.document.AgentDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.SettingsDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Settings;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tests of configurations, each content once. Safe for any thread; many nodes in one
 * process can share one.
 */
public final class TestReader {
  private static final String TESTS = Ids.test("");

  /** Right behind all ids of tests: a semicolon comes after a colon. */
  private static final String BEHIND = "test;";

  private static final int REMEMBERED = 20_000;

  private final ConcurrentMap<String, Parsed> parsed = new ConcurrentHashMap<>();

  /** A test, or why it is none. */
  private record Parsed(@Nullable TestDefinition test, String problem) {}

  /**
   * A changed test.
   *
   * @param old the definition in force, where it runs here; null for none
   * @param next the one that would be
   */
  public record Changed(@Nullable TestDefinition old, TestDefinition next) {}

  /** The tests in it that are ours. */
  TestSet read(Configuration configuration, String digest, Predicate<TestDefinition> isOurs) {
    if (parsed.size() > Math.max(REMEMBERED, 3 * configuration.documents().size())) {
      parsed.clear();
    }
    TreeMap<String, TestDefinition> tests = new TreeMap<>();
    List<String> unreadable = new ArrayList<>();
    for (Map.Entry<String, Content> document : tests(configuration)) {
      Parsed it = parse(document.getKey(), document.getValue());
      if (it.test() == null) {
        unreadable.add(line(document.getKey(), it));
      } else if (isOurs.test(it.test())) {
        tests.put(it.test().id(), it.test());
      }
    }
    return new TestSet(
        digest,
        tests,
        unreadable,
        settings(configuration, unreadable),
        agent(configuration, unreadable));
  }

  /** The same, without a word about what cannot be read. */
  static @Nullable AgentChoice agent(Configuration configuration) {
    return agent(configuration, new ArrayList<>());
  }

  /** Which program it wants; one that cannot be read wants none that we could get. */
  private static @Nullable AgentChoice agent(Configuration configuration, List<String> unreadable) {
    try {
      return AgentDocument.in(configuration).orElse(null);
    } catch (DocumentException | JsonParseException | IllegalStateException e) {
      unreadable.add(Ids.agent() + ": " + e.getMessage());
      return null;
    }
  }

  /** As a rule refuses settings that cannot be read, those are of a newer version. */
  private static Settings settings(Configuration configuration, List<String> unreadable) {
    Content content = configuration.documents().get(Ids.settings());
    if (content == null) {
      return Settings.DEFAULT;
    }
    try {
      return SettingsDocument.TYPE.read(Contents.document(content));
    } catch (DocumentException | JsonParseException | IllegalStateException e) {
      unreadable.add(Ids.settings() + ": " + e.getMessage());
      return Settings.DEFAULT;
    }
  }

  /** Why a change makes a test unreadable; null when none does. */
  @Nullable String unfit(Configuration inForce, Configuration candidate) {
    for (Map.Entry<String, Content> document : tests(candidate)) {
      if (isChanged(inForce, document)) {
        Parsed it = parse(document.getKey(), document.getValue());
        if (it.test() == null) {
          return line(document.getKey(), it);
        }
      }
    }
    return null;
  }

  /** The changed tests that this node would run. */
  List<Changed> changed(
      Configuration inForce, Configuration candidate, Predicate<TestDefinition> isOurs) {
    List<Changed> changed = new ArrayList<>();
    for (Map.Entry<String, Content> document : tests(candidate)) {
      if (isChanged(inForce, document)) {
        TestDefinition next = parse(document.getKey(), document.getValue()).test();
        if (next != null && next.active() && isOurs.test(next)) {
          Content before = inForce.documents().get(document.getKey());
          TestDefinition old = before == null ? null : parse(document.getKey(), before).test();
          boolean runs = old != null && old.active() && isOurs.test(old);
          changed.add(new Changed(runs ? old : null, next));
        }
      }
    }
    return changed;
  }

  private static Iterable<Map.Entry<String, Content>> tests(Configuration configuration) {
    return configuration.documents().subMap(TESTS, BEHIND).entrySet();
  }

  private static boolean isChanged(Configuration inForce, Map.Entry<String, Content> document) {
    Content before = inForce.documents().get(document.getKey());
    return before == null || !before.digest().equals(document.getValue().digest());
  }

  private static String line(String id, Parsed it) {
    return "the test " + id.substring(TESTS.length()) + " cannot be run: " + it.problem();
  }

  private Parsed parse(String id, Content content) {
    return parsed.computeIfAbsent(content.digest(), _ -> parseNew(id, content));
  }

  private static Parsed parseNew(String id, Content content) {
    try {
      TestDefinition test = TestDocument.TYPE.read(Contents.document(content));
      List<Problem> problems = TestRules.problems(test);
      if (!problems.isEmpty()) {
        throw new DocumentException(problems);
      }
      return Ids.test(test.id()).equals(id)
          ? new Parsed(test, "")
          : new Parsed(null, "it says that it is " + test.id());
    } catch (DocumentException | JsonParseException | IllegalStateException e) {
      return new Parsed(null, String.valueOf(e.getMessage()));
    }
  }
}
