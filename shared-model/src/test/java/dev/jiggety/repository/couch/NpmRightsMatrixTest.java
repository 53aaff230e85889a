package dev.jiggety.repository.couch;

import dev.jiggety.repository.RightsMatrixContract;
import dev.jiggety.testing.NpmCouch;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class NpmRightsMatrixTest extends RightsMatrixContract {
  private static final Set<String> BEYOND =
      Set.of(
          "DELETE {db}",
          "PUT {db}",
          "GET _all_dbs",
          "PUT own roles",
          "POST _bulk_get",
          "POST _find",
          "POST _explain",
          "POST _index",
          "GET _index",
          "POST _changes",
          "GET _local_docs");

  private NpmCouch couch;

  @Override
  @BeforeAll
  protected void provision() {
    couch = NpmCouch.start("root", "secret");
    super.provision();
  }

  @AfterAll
  void stop() {
    couch.close();
  }

  @Override
  protected URI url() {
    return couch.url();
  }

  /**
   * Of what this server does not enforce, or does not have, nothing is tried. Whom it keeps from
   * making or deleting a database gets no answer, nor does anybody else afterwards.
   */
  @Override
  protected boolean enforces(String attempt) {
    return !BEYOND.contains(attempt);
  }
}
