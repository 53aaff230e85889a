package dev.jiggety.desktop.feed;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a hub at one moment. Immutable; a test that did not change is the same
 * object in the next picture.
 *
 * @param tests by id
 * @param nodes by name
 * @param link whether the hub is heard
 * @param heardAt when the hub was last heard; null before the first word
 */
public record HubPicture(
    List<TestPicture> tests, List<NodePicture> nodes, Link link, @Nullable Instant heardAt) {
  /** Before anything is known. */
  public static final HubPicture EMPTY =
      new HubPicture(List.of(), List.of(), new Link.Connecting(), null);

  public HubPicture {
    tests = List.copyOf(tests);
    nodes = List.copyOf(nodes);
  }

  /** The test of an id, if there is one. */
  public @Nullable TestPicture find(String testId) {
    for (TestPicture test : tests) {
      if (test.test().id().equals(testId)) {
        return test;
      }
    }
    return null;
  }
}
