# Kafka out of the jars that this build has fetched anyway, for machines that can pull no image. It behaves as
# apache/kafka does where compose/kafka.yml and Testcontainers look: the command, the account, the directories, the
# variables, and INFO on standard output. For tests only.
ARG BASE
FROM ${BASE}
RUN useradd --uid 1000 --create-home appuser \
  && mkdir -p /etc/kafka/docker /var/lib/kafka/data \
  && chown -R appuser:root /var/lib/kafka
COPY lib /opt/kafka/libs
COPY logback.xml /opt/kafka/config/logback.xml
COPY kafka-run /etc/kafka/docker/run
USER appuser
EXPOSE 9092
VOLUME ["/var/lib/kafka/data"]
CMD ["/etc/kafka/docker/run"]
