export const n = (name: string, n: number) => `${name} n = ${n}`;
export const svcD20 = "SVC, d = 20";
export const svrD20 = "SVR, d = 20";
export const kMeansRoundsD16 = (rounds: number) => `K-Means, ${rounds} rounds, d = 16, k = 16`;
export const knnQueriesD16K = (queries: number) => `KNN, ${queries} queries, d = 16, k = 5`;
