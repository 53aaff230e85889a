package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.mango.FindRequest;
import dev.jiggety.agent.store.mango.Finder;
import dev.jiggety.agent.store.mango.SelectorException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Queries (CouchDB "/{db}/_find" and "/{db}/_explain"). */
final class FindRoutes {
  private final Finder finder;
  private final Partitions partitions;

  FindRoutes(Finder finder, Partitions partitions) {
    this.finder = finder;
    this.partitions = partitions;
  }

  void find(Exchange exchange, DocumentStore store) {
    find(exchange, store, request(exchange, store));
  }

  /** In {@code _partition/NAME}. */
  void partitionFind(
      Exchange exchange, DocumentStore store, Partitions.Range range, List<String> rest) {
    find(exchange, store, request(exchange, range, rest));
  }

  private void find(Exchange exchange, DocumentStore store, FindRequest request) {
    try (var search = finder.search(store, request)) {
      exchange.stream(Exchange.JSON, true, out -> write(out, search, request));
    } catch (SelectorException e) {
      throw error(e);
    }
  }

  void explain(Exchange exchange, DocumentStore store) {
    explain(exchange, store, request(exchange, store));
  }

  /** In {@code _partition/NAME}. */
  void partitionExplain(
      Exchange exchange, DocumentStore store, Partitions.Range range, List<String> rest) {
    explain(exchange, store, request(exchange, range, rest));
  }

  private void explain(Exchange exchange, DocumentStore store, FindRequest request) {
    try {
      exchange.json(200, finder.explain(store, request));
    } catch (SelectorException e) {
      throw error(e);
    }
  }

  private FindRequest request(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    var request = parse(exchange.body().object());
    var partition = request.partition();
    if (partition != null) {
      partitions.check(store, partition);
    }
    return request;
  }

  private static FindRequest request(Exchange exchange, Partitions.Range range, List<String> rest) {
    if (rest.size() > 1) {
      throw CouchError.missing();
    }
    exchange.body().requireJson();
    var body = exchange.body().object();
    body.addProperty("partition", range.partition());
    return parse(body);
  }

  private static FindRequest parse(JsonObject body) {
    try {
      return FindRequest.parse(body);
    } catch (SelectorException e) {
      throw error(e);
    }
  }

  private static void write(OutputStream out, Finder.Search search, FindRequest request)
      throws IOException {
    var json = new JsonStream(out);
    json.text().append("{\"docs\":[");
    var separator = new StringBuilder("\r\n");
    var summary =
        search.run(document -> {
          json.text().append(separator).append(document);
          separator.setLength(0);
          separator.append(",\r\n");
          json.step();
        });
    json.text().append("\r\n],\r\n\"bookmark\": ");
    JsonText.quote(json.text(), summary.bookmark());
    if (request.executionStats()) {
      json.text().append(",\r\n\"execution_stats\": ").append(statistics(summary));
    }
    if (summary.warning().isPresent()) {
      JsonText.quote(json.text().append(",\r\n\"warning\": "), summary.warning().get());
    }
    json.text().append("}\r\n");
    json.flush();
  }

  private static JsonObject statistics(Finder.Summary summary) {
    var json = new JsonObject();
    json.addProperty("total_keys_examined", summary.keys());
    json.addProperty("total_docs_examined", summary.documents());
    json.addProperty("total_quorum_docs_examined", 0);
    json.addProperty("results_returned", summary.results());
    json.addProperty("execution_time_ms", Math.round(summary.milliseconds() * 1e3) / 1e3);
    return json;
  }

  static CouchError error(SelectorException e) {
    return new CouchError(e.error().equals("not_implemented") ? 501 : 400, e.error(), e.reason());
  }
}
