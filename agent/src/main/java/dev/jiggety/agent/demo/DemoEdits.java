package dev.jiggety.agent.demo;

import dev.jiggety.model.Check;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What the demo's operator changes, one thing after the other: good things, and now and then one
 * that does not work. Pure.
 */
final class DemoEdits {
  /** A page that the shop does not have ready yet. */
  static final String UNREADY = "/new-home";

  private static final int CYCLE = 5;
  private static final int BAD = 1;
  private static final String SEASON = "season";

  private DemoEdits() {}

  /**
   * A change to one test.
   *
   * @param testId which
   * @param comment why, for people
   * @param bad whether it does not work
   * @param make the test with the change
   */
  record Edit(String testId, String comment, boolean bad, UnaryOperator<TestDefinition> make) {}

  /**
   * One edit after the other.
   *
   * @param number from 0
   * @param shop where the shop is
   */
  static Edit at(int number, URI shop) {
    int round = number / CYCLE;
    return switch (number % CYCLE) {
      case 0 -> threshold(round);
      case BAD -> newHome(shop);
      case 2 -> interval(round);
      case 3 -> tag(round);
      default -> name(round);
    };
  }

  private static Edit threshold(int round) {
    int millis = round % 2 == 0 ? 200 : 250;
    return new Edit(
        "shop-home",
        "The home page is slow from " + millis + " ms on",
        false,
        test ->
            test.toBuilder().degraded(new Degraded(Duration.ofMillis(millis), Map.of())).build());
  }

  private static Edit newHome(URI shop) {
    return new Edit(
        "shop-old-link",
        "The old address leads to the new home page, they say",
        true,
        test -> test.toBuilder().check(Check.Http.get(shop + UNREADY)).build());
  }

  private static Edit interval(int round) {
    int seconds = round % 2 == 0 ? 2 : 3;
    return new Edit(
        "shop-product",
        "Look at the product page every " + seconds + " seconds",
        false,
        test -> test.toBuilder().schedule(new Schedule.Every(Duration.ofSeconds(seconds))).build());
  }

  private static Edit tag(int round) {
    return new Edit(
        "shop-search",
        round % 2 == 0 ? "Search belongs to the season's sale" : "The season's sale is over",
        false,
        test -> {
          TreeSet<String> tags = new TreeSet<>(test.tags());
          if (round % 2 == 0) {
            tags.add(SEASON);
          } else {
            tags.remove(SEASON);
          }
          return test.toBuilder().tags(tags).build();
        });
  }

  private static Edit name(int round) {
    String name = round % 2 == 0 ? "Shop: stock, as the tills see it" : "Shop: stock interface";
    return new Edit(
        "shop-stock",
        "Call the stock interface what it is called",
        false,
        test -> test.toBuilder().name(name).build());
  }

  /** The first patch of all. */
  static String first(List<TestDefinition> tests) {
    return "The " + tests.size() + " tests of the shop";
  }
}
