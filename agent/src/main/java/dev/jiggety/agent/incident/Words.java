package dev.jiggety.agent.incident;

import dev.jiggety.document.Ids;
import dev.jiggety.model.Batch;
import dev.jiggety.model.rules.incident.Word;
import java.util.List;

/** Words of what a hub tells. */
public final class Words {
  private Words() {}

  /** The words of all runs of a batch, with the id of its document. */
  public static List<Word> of(Batch batch) {
    return Word.of(Ids.batch(batch.at(), batch.node(), batch.stream(), batch.seq()), batch);
  }
}
