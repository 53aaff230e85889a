package dev.jiggety.repository;

import dev.jiggety.model.TestDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which tests are changed. Everything that writes tests goes through here, so that
 * the patch manager can take over the door without anybody noticing.
 */
public interface TestWriter {

  /**
   * Submits edits that belong together.
   *
   * @return one result for each edit, in the same order
   * @throws HubException when the hub cannot be asked; then nothing is known to be done, and
   *     submitting the same edits again is safe
   */
  List<Result> submit(List<Edit> edits);

  /** A change to one test. */
  sealed interface Edit {
    /** The test that it touches. */
    String testId();
  }

  /**
   * Creates or replaces a test.
   *
   * @param test what it shall be
   * @param base the revision that the edit was made against; null for a new test
   */
  record Put(TestDefinition test, @Nullable String base) implements Edit {
    @Override
    public String testId() {
      return test.id();
    }
  }

  /**
   * Removes a test.
   *
   * @param base the revision that was looked at when it was decided
   */
  record Delete(String testId, String base) implements Edit {}

  /** What became of an edit. */
  sealed interface Result {}

  /** It is done; {@code rev} is the new revision. */
  record Done(String testId, String rev) implements Result {}

  /** Somebody else changed the test in between; nothing was overwritten. */
  record Conflict(String testId) implements Result {}

  /** The hub, or a rule, said no. */
  record Rejected(String testId, String reason) implements Result {}
}
