# The schema registry out of its released archive, for machines that can pull no image; as apicurio/apicurio-registry
# where compose/kafka.yml looks. For tests only.
ARG BASE
FROM ${BASE}
COPY registry /deployments
RUN ln -s "$(ls /deployments/*-runner.jar)" /deployments/runner.jar
ENV QUARKUS_HTTP_HOST=0.0.0.0
WORKDIR /tmp
USER 1001
EXPOSE 8080
CMD ["bash", "-c", "exec java $JAVA_OPTS_APPEND -jar /deployments/runner.jar"]
