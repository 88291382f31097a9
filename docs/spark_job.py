"""An archive of shipments screened on Spark: `spark-submit spark_job.py SHIPMENTS OUTPUT`.

SHIPMENTS is a folder of Parquet files with a column `number` that numbers the rows from 1. OUTPUT becomes
a folder with `outcomes` (a row for each shipment), `alerts` (JSON lines) and `rejects`.
"""

import sys

from pyspark.sql import SparkSession

from screening.spark import rejects, screen


def main(shipments: str, output: str) -> None:
    spark = SparkSession.builder.appName("diversion-screening").getOrCreate()
    df = spark.read.parquet(shipments)
    outcomes = screen(df, row="number").persist()
    outcomes.drop("record").write.parquet(f"{output}/outcomes")
    outcomes.filter("record IS NOT NULL").select("record").write.text(f"{output}/alerts")
    rejects(df, row="number").write.parquet(f"{output}/rejects")


if __name__ == "__main__":
    main(*sys.argv[1:])
